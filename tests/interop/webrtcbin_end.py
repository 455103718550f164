"""GStreamer's webrtcbin (libnice, OpenSSL, usrsctp) as the other end of a data channel.

Speaks as `floe agent --signal sdp` does: its description goes to standard output and ends with an
empty line, the peer's comes on standard input, and reports are lines of JSON.

    webrtcbin_end.py offer     opens a channel, says "hello" on it, and reports what comes back
    webrtcbin_end.py answer    waits for a channel, and sends back what comes on it
"""
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

LABEL = "doors"
GREETING = "hello"


def report(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)


def session_description(kind, text):
    _, message = GstSdp.SDPMessage.new_from_text(text)
    return GstWebRTC.WebRTCSessionDescription.new(kind, message)


class End:
    def __init__(self, offers):
        self.offers = offers
        self.pipeline = Gst.Pipeline.new("end")
        self.bin = Gst.ElementFactory.make("webrtcbin")
        self.bin.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        self.pipeline.add(self.bin)
        # Kept: it is destroyed with the last reference that Python has.
        self.ice = self.bin.get_property("ice-agent")
        self.ice.emit("add-local-ip-address", "127.0.0.1")
        self.bin.connect("notify::ice-gathering-state", lambda *_: GLib.idle_add(self.tell_description))
        self.bin.connect("notify::connection-state", lambda *_: self.tell_state())
        self.bin.connect("on-data-channel", lambda _, channel: self.keep(channel))
        self.channel = None
        self.told = False

    def start(self):
        self.pipeline.set_state(Gst.State.READY)
        if self.offers:
            self.keep(self.bin.emit("create-data-channel", LABEL, None))
        self.pipeline.set_state(Gst.State.PLAYING)
        if self.offers:
            self.describe("create-offer")

    def describe(self, how):
        promise = Gst.Promise.new_with_change_func(self.on_described, how)
        self.bin.emit(how, None, promise)

    def on_described(self, promise, how):
        # Python does not own what the promise has, so the text is taken from it at once.
        promise.wait()
        reply = promise.get_reply()
        if reply is None or reply.has_field("error"):
            sys.exit(f"{how}: {reply and reply.to_string()}")
        text = reply.get_value("offer" if how == "create-offer" else "answer").sdp.as_text()
        kind = GstWebRTC.WebRTCSDPType.OFFER if self.offers else GstWebRTC.WebRTCSDPType.ANSWER
        self.description = session_description(kind, text)
        self.bin.emit("set-local-description", self.description, Gst.Promise.new())

    def tell_description(self):
        state = self.bin.get_property("ice-gathering-state")
        description = self.bin.get_property("local-description")
        if self.told or description is None or state != GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            return
        self.told = True
        print(description.sdp.as_text().replace("\r\n", "\n") + "\n", end="", flush=True)
        print(flush=True)

    def tell_state(self):
        report("state", state=self.bin.get_property("connection-state").value_nick)

    def hear(self, text):
        kind = GstWebRTC.WebRTCSDPType.ANSWER if self.offers else GstWebRTC.WebRTCSDPType.OFFER
        description = session_description(kind, text)
        promise = Gst.Promise.new_with_change_func(self.on_heard)
        self.bin.emit("set-remote-description", description, promise)

    def on_heard(self, promise):
        reply = promise.get_reply()
        if reply is not None and reply.has_field("error"):
            sys.exit(f"set-remote-description: {reply.get_value('error')}")
        if not self.offers:
            self.describe("create-answer")

    def keep(self, channel):
        self.channel = channel
        channel.connect("on-open", lambda _: self.on_open())
        channel.connect("on-message-string", lambda _, text: self.on_text(text))
        if not self.offers:
            report("channel", label=channel.get_property("label"))

    def on_open(self):
        if self.offers:
            self.channel.emit("send-string", GREETING)

    def on_text(self, text):
        report("message", text=text)
        if not self.offers:
            self.channel.emit("send-string", text)


def read_descriptions(end):
    """Each ends with an empty line."""
    lines = []
    for line in sys.stdin:
        line = line.rstrip("\r\n")
        if line:
            lines.append(line)
        elif lines:
            GLib.idle_add(end.hear, "\r\n".join(lines) + "\r\n")
            lines = []
    GLib.idle_add(loop.quit)


Gst.init(None)
loop = GLib.MainLoop()
end = End(offers=sys.argv[1] == "offer")
end.start()
threading.Thread(target=read_descriptions, args=(end,), daemon=True).start()
loop.run()
end.pipeline.set_state(Gst.State.NULL)
