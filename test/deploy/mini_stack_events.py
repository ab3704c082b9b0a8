"""Amazon EventBridge of MiniStack between Regions, and events of AWS services, which the tests tell of in their place."""

from ministack.core.responses import get_region, set_request_region
from ministack.services import eventbridge

plain_dispatch = eventbridge._dispatch_to_event_bus


# MiniStack forwards within a Region only.
def dispatch(spec, *event):
    here = get_region()
    set_request_region(spec.region)
    try:
        plain_dispatch(spec, *event)
    finally:
        set_request_region(here)


eventbridge._dispatch_to_event_bus = dispatch
# As AWS, it takes events whose source begins with `aws.` from services alone.
eventbridge._put_events.__defaults__ = (True,)
