package org.usagestats.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.server.tls.SecretFile;

/** Where tokens are kept, and how they are written. */
class TokensTest {

    private static final String BOTH = "both-token-0123456789";
    private static final String ADMIN = "admin-token-0123456789";

    @TempDir
    private Path directory;

    @Test
    void tokens_are_lines_of_a_file_that_only_its_owner_may_read() throws IOException {
        Path file = Files.writeString(
                directory.resolve("tokens"),
                "# for the dashboard\nquery,export " + BOTH + "\n\n  Admin\t" + ADMIN + "\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Tokens tokens = Tokens.none().and(SecretFile.read(file), file.toString());
        assertThat(tokens.scopesOf(BOTH)).containsExactly(Scope.QUERY, Scope.EXPORT);
        assertThat(tokens.scopesOf(ADMIN)).containsExactly(Scope.ADMIN);
        assertThat(tokens.scopesOf("")).isEmpty();
        assertThat(tokens.anyFor(Scope.EXPORT)).isTrue();
        assertThat(tokens.anyFor(Scope.INGEST)).isFalse();
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx--x--x")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            assertThatThrownBy(() -> Access.builder().tokenFile(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + " is open to others than its owner: chmod 600 " + file);
        }
        assertThatThrownBy(() -> Access.builder().tokenFile(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + directory.resolve("none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reed secret-0123456789012345 | tokens, line 2: there is no scope \"reed\", there are ingest, view, query, export, admin",
                "query short-secret | tokens, line 2: a token is 20 to 200 of the characters",
                "query secret/0123456789012345 | tokens, line 2: a token is 20 to 200 of the characters",
                "secret-0123456789012345 | tokens, line 2: a token stands after its scopes, such as: query,export TOKEN",
                "secretsecretsecretsecret query | tokens, line 2: there is no scope of that name, there are ingest",
                "query secret-0123456789012345 more | tokens, line 2: a token stands after its scopes",
                "'' | tokens has no token",
            })
    void a_wrong_line_is_named_and_never_repeated(String line, String message) {
        assertThatThrownBy(() -> Access.builder().tokens("# tokens;" + line, "tokens"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("secret");
    }
}
