package org.usagestats.sink.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {

    private static final String ENVIRONMENT = """
            {"username":"Zoë","uname.release":"6.1","python":{"version_info":[2,7,"final"],"bin.path":"/usr","64":true},\
            "a.b":{"c":"longest"},"a":{"b.c":"nested","d":"only here"},"none":null,"number":1.50e3,"face":"a\\uD83D\\uDE00c"}""";

    @ParameterizedTest
    @CsvSource({
        "username,                     Zoë",
        "uname.release,                6.1",
        "python.version_info.0,        2",
        "python$version_info$0,        2",
        "python.version_info.-1,       final",
        "python$version_info$2$-2,     a",
        "python.bin.path,              /usr",
        "python$bin.path,              /usr",
        "python.64,                    true",
        "python.version_info,          '[2,7,\"final\"]'",
        "python,                       '{\"version_info\":[2,7,\"final\"],\"bin.path\":\"/usr\",\"64\":true}'",
        "a.b.c,                        longest",
        "a.d,                          only here",
        "none,                         null",
        "number,                       1.50e3",
        "username.0,                   Z",
        "username.-1,                  ë",
        "face.1,                       \uD83D\uDE00",
        "face.-1,                      c",
        "' python $ $version_info . 1 ', 7",
    })
    void findsTheValue(String path, String expected) {
        assertThat(find(path)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing",
        "user",
        "usernames",
        "username.3",
        "username.-4",
        "python.version_info.3",
        "python.version_info.-4",
        "python.version_info.x",
        "python.version_info.99999999999",
        "number.0",
        "none.0",
        "a.b.d",
        "a.b.c.d",
        "''",
        "' '",
        ".",
        "$.$"
    })
    void findsNothing(String path) {
        assertThat(find(path)).isEmpty();
    }

    @Test
    void pathOfManySegmentsIsNoBurden() {
        assertThat(find("a.".repeat(100_000))).isEmpty();
    }

    private static Optional<String> find(String path) {
        JsonTrees json = new JsonTrees();
        byte[] report = ENVIRONMENT.getBytes(UTF_8);
        return new FieldPath(path)
                .find(json.readObject(report, 0, report.length).orElseThrow())
                .map(json::textOf);
    }
}
