"""The floor: clock, ids, refusals, conditions, calendar, registries; it holds no business."""
