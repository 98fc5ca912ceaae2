"""The only code that imports twilio or boto3."""
