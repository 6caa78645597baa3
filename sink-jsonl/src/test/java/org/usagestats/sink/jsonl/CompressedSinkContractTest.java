package org.usagestats.sink.jsonl;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.SinkProvider;
import org.usagestats.testkit.SinkContract;

/** The contract of sinks, kept while segments are compressed. */
class CompressedSinkContractTest extends SinkContract {

    @TempDir
    Path directory;

    @Override
    protected SinkProvider provider() {
        return new BriskProvider();
    }

    @Override
    protected String location() {
        return directory.toString();
    }
}
