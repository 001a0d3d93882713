//! Drawings of the report, generic over the plotters backend.
