"""BPMN 2.0 in and out (ISO/IEC 19510): a map that leaves and comes back is the same map."""
