package dev.ringlet.write;

import dev.ringlet.plan.WritePlan;
import java.util.function.Supplier;

/**
 * A row out of a body.
 *
 * @param bytes of its text that it takes for itself until it is written; 0 if the whole body is
 *     kept
 * @param plan throws what is wrong with it
 */
public record BodyRow(int bytes, Supplier<WritePlan> plan) {}
