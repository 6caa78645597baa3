package org.usagestats.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.query.Fault;
import org.usagestats.query.QuestionException;
import org.usagestats.server.http.Refusal;

/** Says what of a question is not understood: the first fault on a line, all of them in the problem document. */
final class Misunderstood {

    private Misunderstood() {}

    static Refusal refusal(QuestionException wrong) {
        List<Fault> faults = wrong.faults();
        String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)";
        List<Map<String, String>> errors =
                faults.stream().map(Misunderstood::error).toList();
        return Refusal.ofParts("the question is not understood", faults.get(0) + more, errors);
    }

    private static Map<String, String> error(Fault fault) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("parameter", fault.parameter());
        error.put("detail", fault.detail());
        if (!fault.hint().isEmpty()) {
            error.put("hint", fault.hint());
        }
        return error;
    }
}
