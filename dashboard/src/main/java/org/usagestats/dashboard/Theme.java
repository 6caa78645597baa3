package org.usagestats.dashboard;

/** What a picture stands on. Only its text and its lines depend on it: there is no background. */
public enum Theme {
    /** A light ground. */
    LIGHT(" color=\"#1b2333\""),
    /** A dark ground. */
    DARK(" color=\"#e5e9f1\""),
    /** That of the page that has the picture among its own elements, in the colour of its text. */
    INHERITED("");

    private final String attribute;

    Theme(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }
}
