"""Makes gateways, and only then loads what they stand on: a webhook never imports twilio.rest or boto3."""

from coach_portal.core.ports import MessageQueue, TextSender


def text_sender(account_sid: str, auth_token: str, *, webhook_url: str, api_url: str | None = None) -> TextSender:
    """Texts through Twilio. `webhook_url`: the public base of `/twilio/*`. `api_url`: another base for its REST API."""
    from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client

    return TwilioTexts(twilio_client(account_sid, auth_token, api_url=api_url), webhook_url=webhook_url)


def message_queue(queue_url: str) -> MessageQueue:
    """The SQS queue at this address."""
    from coach_portal.core.gateways.sqs_queue import SqsQueue

    return SqsQueue(queue_url)
