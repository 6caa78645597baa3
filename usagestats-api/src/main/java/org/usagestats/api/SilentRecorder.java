package org.usagestats.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Discards all. */
enum SilentRecorder implements Recorder {
    INSTANCE;

    @Override
    public void note(@Nullable String key, @Nullable Object value) {}

    @Override
    public void note(@Nullable Map<String, ?> notes) {}

    @Override
    public Submission submit(Part... parts) {
        return new Submission(Submission.Fate.DISCARDED, "This program keeps no usage statistics.");
    }
}
