package org.usagestats.server.access;

import java.util.Optional;
import org.usagestats.server.http.Refusal;

/**
 * Who may read reports: this machine, everyone in the public view, and the holders of tokens.
 *
 * @param behindProxy whether all requests come through a proxy, so that nobody is known to be on this machine
 * @param publicView whether everyone may see what many users have in common
 * @param privacyFloor how many users these are at least
 */
record Readers(Tokens tokens, boolean behindProxy, boolean publicView, int privacyFloor) {

    /** Tells whether anybody may read who is not on this machine. */
    boolean mayBeElsewhere() {
        return publicView || tokens.anyLets(Scope.VIEW);
    }

    /** Refuses reading to those who may not. */
    void require(Caller caller, Scope scope) throws Refusal {
        Optional<String> token = caller.token();
        if (token.isPresent()) {
            tokens.require(token.get(), scope, "reading needs Authorization: Bearer TOKEN");
        } else if (!mayWithoutHeader(caller, scope)) {
            throw refusalOfStranger(scope);
        }
    }

    /** On this machine, in the public view, and by the cookie that a secret link has left. */
    private boolean mayWithoutHeader(Caller caller, Scope scope) {
        return (!behindProxy && caller.isThisMachine())
                || (publicView && scope == Scope.VIEW)
                || caller.cookie().filter(token -> tokens.lets(token, scope)).isPresent();
    }

    /** How much a caller, who may read, gets to see. */
    View view(Caller caller) {
        boolean whole =
                caller.token().filter(token -> tokens.lets(token, Scope.QUERY)).isPresent()
                        || (caller.token().isEmpty() && mayWithoutHeader(caller, Scope.QUERY));
        return whole ? View.whole() : View.ofMany(privacyFloor);
    }

    private Refusal refusalOfStranger(Scope scope) {
        if (tokens.anyLets(scope)) {
            return Refusal.ofRequest(401, "reading needs a token", "Authorization: Bearer TOKEN");
        }
        if (behindProxy) {
            return Refusal.ofRequest(403, "reading needs a token", "this collector has none for it");
        }
        return Refusal.ofRequest(
                403,
                "reading is for this machine",
                "ask from where the collector runs, as http://localhost or http://127.0.0.1, without a proxy");
    }
}
