package org.usagestats.query;

import java.util.Optional;
import org.usagestats.sink.Query;

/**
 * A question as somebody asked it.
 *
 * @param query what it asks for
 * @param format the form of the answer, if it says so
 */
public record Question(Query query, Optional<AnswerFormat> format) {}
