import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.usagestats.api.UsageStats;

/** Runs a replica: what to do with a database, in words. */
class ReplicaDrive {
    public static void main(String[] args) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(args[0]);
        try (UsageStats stats = ReplicaProgram.openStats(database)) {
            System.out.println(stats.consent().state());
            switch (args[1]) {
                case "create" -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(args[2]);
                    }
                }
                case "enable" -> System.out.println(stats.enableReporting().state());
                case "disable" -> System.out.println(stats.disableReporting().state());
                case "look" -> System.out.println(stats.pending().size() + " wait");
                default -> {
                    stats.note("tenants", args[1]);
                    System.out.println(stats.submit().fate());
                    System.out.println(stats.deliver(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1))).detail());
                }
            }
        }
    }
}
