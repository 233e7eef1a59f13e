package io.qlikbridge.resealing;

import io.qlikbridge.resealing.VaultProgress.Answer;
import java.time.Instant;

/**
 * How far a rotation of the vault keys was.
 *
 * @param at when that was counted
 */
public record CountedProgress(Answer progress, Instant at) {}
