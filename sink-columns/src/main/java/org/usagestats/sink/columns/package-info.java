/**
 * Reports by columns: a question is answered from the values of the few fields it is about, each known by a small number.
 *
 * <p>A {@link org.usagestats.sink.columns.PartBuilder} gathers the reports of a source, such as a file, as parts of at most
 * 2<sup>20</sup> reports or 256 MiB; a {@link org.usagestats.sink.columns.ColumnFile} keeps them; and
 * {@link org.usagestats.sink.columns.ColumnAnswers} answers from the {@link org.usagestats.sink.columns.Columns} of all
 * sources as {@code PlainEvaluation} of the sink kit does from the reports themselves. All of it is derived: a sink makes it anew
 * when it is gone or damaged.
 *
 * <p>Each of the first 1,000 keys of a part has a column. Questions about what has none end with a
 * {@link org.usagestats.sink.columns.NotIndexedException}, and are to be answered from the reports themselves: further keys, the
 * id, the erase hash and the two times as fields of their own, and keys whose values take more than an eighth of the heap.
 */
@NullMarked
package org.usagestats.sink.columns;

import org.jspecify.annotations.NullMarked;
