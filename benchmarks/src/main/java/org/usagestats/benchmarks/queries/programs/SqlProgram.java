package org.usagestats.benchmarks.queries.programs;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.usagestats.benchmarks.queries.Question;

/** A database, through its JDBC driver. */
public final class SqlProgram {

    private SqlProgram() {}

    /**
     * Answers questions.
     *
     * @param args the database's URL, a property {@code name=value} of the connection or nothing, the table to ask, and
     *     statements to run first
     * @throws Exception if the database refuses
     */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(args[1]));
        try (Connection connection = DriverManager.getConnection(args[0], properties);
                Statement statement = connection.createStatement()) {
            for (String first : List.of(args).subList(3, args.length)) {
                statement.execute(first);
            }
            Interview.hold(question -> rows(statement, question, args[2]));
        }
    }

    private static List<String> rows(Statement statement, Question question, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(question.sql(table))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(result.getString(column));
                }
                rows.add(String.join("\t", cells));
            }
        }
        return rows;
    }
}
