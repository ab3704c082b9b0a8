"""Writes the receipt of an order."""

import os
from pathlib import Path


def handler(order, context):
    name = f"{order['customer']}-{order['order']}.txt"
    (Path(os.environ["RECEIPTS"]) / name).write_text(f"Order {order['order']} of {order['customer']}: {order['total']}\n")
