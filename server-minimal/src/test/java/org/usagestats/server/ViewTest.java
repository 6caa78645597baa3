package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.Scope;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** What those get to see who may see the dashboard and no more: everyone, and the holders of a secret link. */
class ViewTest {

    private static final String VIEW = "view-view-view-view-view";
    private static final String QUERY = "query-query-query-query";
    private static final String VERSIONS = "/v1/query?group_by=version&metrics=distinct(user)&format=csv";

    @TempDir
    Path directory;

    @Test
    void everyone_sees_the_public_view_and_nobody_in_it() throws IOException {
        try (Collector collector =
                start(Access.builder().behindProxy().publicView().privacyFloor(2))) {
            assertThat(get(collector, VERSIONS, "").body().lines())
                    .containsExactly("\"version\",\"distinct(user)\"", "\"2.0\",4", "\"(other)\",2");
            assertThat(get(collector, "/v1/query?group_by=version&k=1", "").body())
                    .contains("\"k\":2");
            assertThat(get(collector, "/", "").status()).isEqualTo(200);
            assertThat(get(collector, "/v1/chart.svg?group_by=version&metrics=distinct(user)", "")
                            .body())
                    .contains("2.0")
                    .doesNotContain("1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/query?last=1&group_by=version",
                "/v1/count?limit=1&group_by=version",
                "/v1/query?metrics=max(session_time)",
                "/v1/query?metrics=count,min(session_time)",
                "/v1/chart.svg?group_by=version&metrics=max(session_time)",
            })
    void what_could_be_one_users_is_not_answered_to_everyone(String target) throws IOException {
        try (Collector collector =
                start(Access.builder().behindProxy().publicView().token(QUERY, Scope.QUERY))) {
            Reply refused = get(collector, target, "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("could be one user's");
            assertThat(get(collector, target, "Authorization: Bearer " + QUERY + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/export", "/v1/download/import", "/v1/fields", "/metrics"})
    void the_public_view_has_no_reports_and_no_metrics(String target) throws IOException {
        try (Collector collector = start(Access.builder().behindProxy().publicView())) {
            assertThat(get(collector, target, "").status()).isEqualTo(403);
        }
    }

    @Test
    void the_public_view_tells_no_names_of_fields() throws IOException {
        String misspelt = "/v1/query?group_by=versoin";
        try (Collector collector =
                start(Access.builder().behindProxy().publicView().token(QUERY, Scope.QUERY))) {
            Reply all = get(collector, misspelt, "Authorization: Bearer " + QUERY + "\r\n");
            assertThat(all.body()).contains("no report has versoin", "\"did_you_mean\":\"version\"");
            Reply view = get(collector, misspelt + "&k=5", "");
            assertThat(view.body()).contains("no report has versoin").doesNotContain("did_you_mean", "version\"");
            assertThat(get(collector, "/v1/count?group_by=versoin", "").body()).doesNotContain("did_you_mean");

            String allOfFive = get(collector, misspelt + "&k=5", "Authorization: Bearer " + QUERY + "\r\n")
                    .header("ETag")
                    .orElseThrow();
            assertThat(view.header("ETag"))
                    .isPresent()
                    .hasValueSatisfying(tag -> assertThat(tag).isNotEqualTo(allOfFive));
        }
    }

    @Test
    void this_machine_and_a_token_for_queries_see_all() throws IOException {
        try (Collector collector = start(Access.builder().publicView().token(QUERY, Scope.QUERY))) {
            assertThat(get(collector, VERSIONS, "").body()).contains("\"1.0\",1");
            assertThat(get(collector, VERSIONS, "X-Forwarded-For: 192.0.2.1\r\n")
                            .body())
                    .doesNotContain("1.0");
            assertThat(get(collector, VERSIONS, "Authorization: Bearer " + QUERY + "\r\n")
                            .body())
                    .contains("\"1.0\",1");
        }
    }

    @Test
    void a_secret_link_leaves_its_token_in_a_cookie_and_not_in_the_address() throws IOException {
        Access.Builder access = Access.builder()
                .behindProxy()
                .token(VIEW, Scope.VIEW)
                .token(QUERY, Scope.QUERY)
                .privacyFloor(2);
        try (Collector collector = start(access)) {
            Reply link = get(collector, "/view/" + VIEW, "");
            assertThat(link.status()).isEqualTo(303);
            assertThat(link.header("Location")).contains("/");
            String cookie = link.header("Set-Cookie").orElseThrow();
            assertThat(cookie)
                    .startsWith("usagestats-view=" + VIEW + ";")
                    .contains("; HttpOnly", "; SameSite=Strict", "; Secure");

            assertThat(get(collector, VERSIONS, "").status()).isEqualTo(401);
            assertThat(get(collector, VERSIONS, cookie(VIEW)).body())
                    .contains("\"2.0\",4")
                    .doesNotContain("1.0");
            assertThat(get(collector, VERSIONS, cookie(QUERY)).body()).contains("\"1.0\",1");
            assertThat(get(collector, VERSIONS, cookie("wrong")).status()).isEqualTo(401);
            assertThat(get(collector, "/v1/export", cookie(VIEW)).status()).isEqualTo(403);
        }
    }

    @Test
    void a_link_that_is_no_more_says_so() throws IOException {
        try (Collector collector =
                start(Access.builder().token(VIEW, Scope.VIEW).token(QUERY + "2", Scope.EXPORT))) {
            for (String token : List.of("", "wrong", QUERY + "2")) {
                Reply reply = get(collector, "/view/" + token, "");
                assertThat(reply.status()).as(token).isEqualTo(401);
                assertThat(reply.header("Set-Cookie")).isEmpty();
                assertThat(reply.body()).contains("this link is not valid any more");
            }
            // Some HTTP servers let nothing through that could lead elsewhere.
            Reply elsewhere = get(collector, "/view/..%2f", "");
            assertThat(elsewhere.status()).isIn(400, 401);
            assertThat(elsewhere.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void beyond_this_machine_a_public_view_needs_no_token() {
        InetSocketAddress beyond = new InetSocketAddress("0.0.0.0", 0);
        Listening.requireSafe(
                beyond, null, Access.builder().behindProxy().publicView().build());
        assertThatThrownBy(() -> Listening.requireSafe(
                        beyond, null, Access.builder().behindProxy().build()))
                .hasMessageContaining("--public-view");
        assertThatThrownBy(() -> Access.builder().privacyFloor(0))
                .hasMessage("the privacy floor is at least 1 user, not 0");
    }

    private static String cookie(String token) {
        return "Cookie: other=1; usagestats-view=" + token + "\r\n";
    }

    /** Starts a collector with four users of version 2.0 and one of 1.0 and of 0.9 each. */
    private Collector start(Access.Builder access) throws IOException {
        SinkConfig config = new SinkConfig(directory.toString(), Durability.OS, "view", Map.of());
        Collector collector =
                Collector.builder().sink("jsonl", config).access(access.build()).start();
        List<String> versions = new ArrayList<>(List.of("1.0", "0.9"));
        versions.addAll(List.of("2.0", "2.0", "2.0", "2.0"));
        for (int user = 0; user < versions.size(); user++) {
            String report = "date:" + Instant.now().getEpochSecond() + ".000\nuser:u" + user + "\nversion:"
                    + versions.get(user) + "\nsession_time:" + user + "\n";
            assertThat(Reply.to(collector.address(), Requests.pythonRequests(report))
                            .status())
                    .isEqualTo(200);
        }
        return collector;
    }

    private static Reply get(Collector collector, String target, String headers) throws IOException {
        return Reply.to(
                collector.address(),
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n");
    }
}
