package org.usagestats.server.settings;

/** Says in one line what an operator has set wrongly, and what is allowed. */
public final class SettingException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says it.
     *
     * @param line what is wrong and what is allowed, for the operator
     */
    public SettingException(String line) {
        super(line);
    }
}
