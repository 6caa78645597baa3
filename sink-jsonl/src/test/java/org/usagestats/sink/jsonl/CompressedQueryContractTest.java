package org.usagestats.sink.jsonl;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.SinkProvider;
import org.usagestats.testkit.QueryContract;

/** The contract of questions, kept while segments are compressed. */
class CompressedQueryContractTest extends QueryContract {

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
