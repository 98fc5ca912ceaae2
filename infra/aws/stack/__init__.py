"""CloudFormation templates, built from the functions' table as plain dictionaries.

Two stacks: `state` holds what must survive (queues, buckets, the webhooks' address, the database), `work` what can be
made anew at any time (functions, roles, schedules, alarms).
"""
