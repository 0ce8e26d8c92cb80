"""The municipality's own thresholds: from which number on an answer alone recommends *væsentlig*. Shipped empty."""

from pydantic import NonNegativeInt

from domain.events import Frozen


class Thresholds(Frozen):
    """None means that the municipality has set none: the answer then only aggravates. At the number itself it is reached."""

    critical_service_down_minutes: NonNegativeInt | None = None
    citizens_affected: NonNegativeInt | None = None
    vulnerable_citizens_affected: NonNegativeInt | None = None
    staff_unable_to_work: NonNegativeInt | None = None
    records_exposed: NonNegativeInt | None = None
    cost_dkk: NonNegativeInt | None = None
    administrations_hit: NonNegativeInt | None = None
    ir_2024_2690: bool = False
    """Also weigh by Commission Implementing Regulation (EU) 2024/2690, which binds other entities than municipalities."""
