package dev.ringlet.plan;

/**
 * One statement of a batch.
 *
 * @param index of the operation or row that it is of
 */
public record BatchStep(int index, WritePlan plan) {}
