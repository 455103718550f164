#!/usr/bin/env python3
"""Carries Ethernet frames between two TAP devices that it makes, late and in another order.

    pump.py LEFT RIGHT DELAY_MS JITTER_MS LOSS_PERCENT

Each frame waits DELAY_MS and up to JITTER_MS more, chosen for itself, so that frames overtake each
other. In user space, as kernels without netem have nothing for it. Prints "ready" and runs until it
is ended. What waits is limited: a full pump drops, as a full router does.
"""
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
FRAME_BYTES_MAX = 65536
WAITING_MAX = 10000


def open_tap(name):
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    return tap


def read_all(tap):
    while True:
        try:
            yield os.read(tap, FRAME_BYTES_MAX)
        except OSError:  # nothing more for now, or the device is not up
            return


def write(tap, frame):
    try:
        os.write(tap, frame)
    except OSError:
        pass  # the device is down: the frame is lost, as on a cable that is pulled


def main():
    left, right = open_tap(sys.argv[1]), open_tap(sys.argv[2])
    delay, jitter, loss = (float(argument) for argument in sys.argv[3:6])
    other = {left: right, right: left}
    waiting = []  # (when due, number, where to, frame)
    number = 0
    print("ready", flush=True)
    while True:
        patience = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        for tap in select.select([left, right], [], [], patience)[0]:
            for frame in read_all(tap):
                if len(waiting) >= WAITING_MAX or random.random() * 100 < loss:
                    continue
                number += 1
                due = time.monotonic() + (delay + random.random() * jitter) / 1000
                heapq.heappush(waiting, (due, number, other[tap], frame))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, tap, frame = heapq.heappop(waiting)
            write(tap, frame)


main()
