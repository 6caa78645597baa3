package org.usagestats.testkit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Switches usage statistics off in a JVM that runs tests, before the first test is looked for, so that nobody's test runs
 * count as use: it sets the system property {@code usagestats.disabled}, unless that has a value already.
 *
 * <p>Like every part of this library it does nothing by merely being there. The tests of a program name it in a file
 * {@code META-INF/services/org.junit.platform.launcher.LauncherSessionListener} of their resources, and then it works in
 * Maven, Gradle and IDEs alike. Where this library is a named module at test time, the build tool must set the property
 * instead, since a module's services are named by the module itself.
 */
@SuppressWarnings("exports") // Whoever names this class has JUnit's launcher.
public final class SwitchedOffInTests implements LauncherSessionListener {

    private static final String PROPERTY = "usagestats.disabled";

    /** For JUnit, which makes it by its name. */
    public SwitchedOffInTests() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "true");
        }
    }
}
