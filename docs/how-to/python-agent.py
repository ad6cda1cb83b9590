"""An agent in Python: the standard library for HTTP and, where it is installed, OpenTelemetry for spans.

    pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http

It reads messages as lines of JSON on stdin and answers with lines of JSON on stdout; it logs on stderr.
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

NAME = "python-agent"
PROMPT = "You answer for a sales team. Use the tools, then report in a sentence what you did."
MOST_STEPS = 20

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}

# By name: what it does, its parameters, the API it calls, and how.
TOOLS = {
    "search_contacts": ("Find contacts.", {"query": TEXT}, "CRM_URL", lambda a: ("GET", "/contacts", {"q": a["query"]}, None)),
    "get_contact": ("Read a contact.", {"contact_id": TEXT}, "CRM_URL", lambda a: ("GET", f"/contacts/{a['contact_id']}", {}, None)),
    "update_contact": (
        "Change the status of a contact.",
        {"contact_id": TEXT, "status": TEXT},
        "CRM_URL",
        lambda a: ("PATCH", f"/contacts/{a['contact_id']}", {}, {"status": a["status"]}),
    ),
    "list_inbox": ("List received mail.", {"from": TEXT}, "MAIL_URL", lambda a: ("GET", "/inbox", a, None)),
    "read_thread": ("Read a mail thread.", {"thread_id": TEXT}, "MAIL_URL", lambda a: ("GET", f"/threads/{a['thread_id']}", {}, None)),
    "list_sent_mail": ("List mail that was sent.", {"to": TEXT}, "MAIL_URL", lambda a: ("GET", "/sent", a, None)),
    "send_mail": (
        "Send a mail, for good.",
        {"to": TEXT, "subject": TEXT, "body": TEXT, "thread_id": TEXT},
        "MAIL_URL",
        lambda a: ("POST", "/messages", {}, a),
    ),
    "current_time": ("What time it is.", {}, "CALENDAR_URL", lambda a: ("GET", "/clock", {}, None)),
    "list_events": ("List the events of a day.", {"day": TEXT}, "CALENDAR_URL", lambda a: ("GET", "/events", a, None)),
    "book_meeting": (
        "Book a meeting.",
        {"title": TEXT, "start": TEXT, "end": TEXT, "attendees": TEXTS},
        "CALENDAR_URL",
        lambda a: ("POST", "/events", {}, a),
    ),
}

try:
    from opentelemetry import propagate, trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_ENDPOINT are read by the SDK itself.
    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    tracer = trace.get_tracer(NAME)
except ImportError:
    provider = tracer = None
    print("no OpenTelemetry here: working without spans", file=sys.stderr)


@contextmanager
def span(title, attributes):
    """A span around a block; what is added to the dictionary it gives becomes attributes too."""
    if tracer is None:
        yield {}
        return
    with tracer.start_as_current_span(title, attributes=attributes) as active:
        added = {}
        yield added
        active.set_attributes(added)


def call(url, method="GET", body=None, headers=None):
    headers = {"content-type": "application/json", **(headers or {})}
    if tracer is not None:
        propagate.inject(headers)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.loads(response.read() or b"null")


def run_tool(name, arguments):
    attributes = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name,
        "gen_ai.tool.call.arguments": arguments,
    }
    with span(f"execute_tool {name}", attributes) as added:
        try:
            _, _, api, plan = TOOLS[name]
            method, path, query, body = plan(json.loads(arguments or "{}"))
            url = os.environ[api] + urllib.parse.quote(path)
            result = call(f"{url}?{urllib.parse.urlencode(query)}" if query else url, method, body)
        except urllib.error.HTTPError as error:
            answer = json.loads(error.read())
            result = {"error": {"status": error.code, "message": answer["error"]["message"]}}
            added["error.type"] = str(error.code)
        except (KeyError, ValueError) as error:
            result = {"error": {"message": f"no such tool or argument: {error}"}}
            added["error.type"] = type(error).__name__
        added["gen_ai.tool.call.result"] = json.dumps(result)
        return json.dumps(result)


def ask_model(messages):
    model = os.environ["OPENAI_MODEL"]
    tools = [
        {
            "type": "function",
            "function": {"name": name, "description": text, "parameters": {"type": "object", "properties": shape}},
        }
        for name, (text, shape, _, _) in TOOLS.items()
    ]
    with span(f"chat {model}", {"gen_ai.operation.name": "chat", "gen_ai.request.model": model}) as added:
        answer = call(
            os.environ["OPENAI_BASE_URL"] + "/chat/completions",
            "POST",
            {"model": model, "messages": messages, "tools": tools},
            {"authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"},
        )
        added["gen_ai.response.model"] = answer["model"]
        added["gen_ai.usage.input_tokens"] = answer["usage"]["prompt_tokens"]
        added["gen_ai.usage.output_tokens"] = answer["usage"]["completion_tokens"]
        return answer["choices"][0]["message"]


def answer(message, conversation):
    """Asks the model and runs the tools it asks for until it has only words left. False: it never came to an end."""
    conversation.append({"role": "user", "content": message})
    for _ in range(MOST_STEPS):
        reply = ask_model(conversation)
        conversation.append(reply)
        calls = reply.get("tool_calls") or []
        if not calls:
            say(said=reply["content"])
            return True
        for each in calls:
            content = run_tool(each["function"]["name"], each["function"]["arguments"])
            conversation.append({"role": "tool", "tool_call_id": each["id"], "content": content})
    return False


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    conversation = [{"role": "system", "content": PROMPT}]
    for line in sys.stdin:
        message = json.loads(line)
        attributes = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": NAME,
            "gen_ai.conversation.id": message["conversationId"],
        }
        with span(f"invoke_agent {NAME}", attributes):
            finished = answer(message["message"], conversation)
        if provider is not None:
            provider.force_flush()
        say(finished=finished)


main()
