package org.usagestats.api;

/** What a program may hand to {@link Recorder#submit}: a {@link Note}, or a {@link Flag} that brings notes of its own. */
public sealed interface Part permits Note, Flag {}
