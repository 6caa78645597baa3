/**
 * The files sink: a directory with one file a report and nothing else.
 *
 * <p>A text report is a file {@code report_<seconds>.<3-digit ms>.txt}, named by the time of its receipt, as the Python
 * collectors of <i>usagestats</i> write it; if the name is taken, {@code -<n>} stands before {@code .txt}. Lines of the
 * collector come first, then the body exactly as it was received:
 *
 * <pre>
 * submitted_from:192.0.2.1                               the address if it is kept, or -
 * submitted_date:1794312000.005                          Unix seconds
 * submitted_id:00000000-0000-0001-0000-000000000002      only if the report has an id
 * submitted_erase:5feceb66…                              only if it came with an erase hash
 * submitted_path:/usage                                  only if it was posted to another path than /
 * date:1794311999.500
 * …
 * </pre>
 *
 * <p>A JSON report is a file {@code report_….json}: its canonical JSON object and a line feed.
 *
 * <p>A report is erased by deleting its file. Nothing else says that there was one; so after a restart a copy that arrives
 * late is a new report.
 */
@NullMarked
package org.usagestats.sink.files;

import org.jspecify.annotations.NullMarked;
