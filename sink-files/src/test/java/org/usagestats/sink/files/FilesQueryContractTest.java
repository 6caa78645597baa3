package org.usagestats.sink.files;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.SinkProvider;
import org.usagestats.testkit.QueryContract;

class FilesQueryContractTest extends QueryContract {

    @TempDir
    private Path temporary;

    @Override
    protected SinkProvider provider() {
        return new FilesSinkProvider();
    }

    @Override
    protected String location() {
        return temporary.resolve("reports").toString();
    }
}
