package dev.ringlet.bench.handwritten;

import java.time.Instant;
import java.util.UUID;

/** A row; what a body leaves out is null. */
public record Item(
    String shelf,
    Integer number,
    Instant added,
    Integer amount,
    UUID id,
    String name,
    Double price) {}
