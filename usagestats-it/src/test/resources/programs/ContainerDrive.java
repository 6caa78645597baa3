import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.usagestats.api.UsageStats;

/** Runs a program in a container, whose database has the decision. */
class ContainerDrive {
    public static void main(String[] args) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(args[0]);
        try (UsageStats stats = ContainerProgram.openStats(database)) {
            System.out.println(stats.consent().state());
            if (args[1].equals("enable")) {
                System.out.println(stats.enableReporting().state());
            }
            stats.note("tenants", args[1]);
            System.out.println(stats.submit().fate());
            if (args[1].equals("forget")) {
                stats.deliver(Duration.ofMinutes(1));
                System.out.println(stats.journal().size() + " to forget: " + stats.forget().asked());
            }
        }
    }
}
