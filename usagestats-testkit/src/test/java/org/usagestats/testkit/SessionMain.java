package org.usagestats.testkit;

import org.junit.platform.launcher.core.LauncherFactory;

/** Opens a session of JUnit with all that is on the path, and prints whether usage statistics are switched off then. */
final class SessionMain {

    private SessionMain() {}

    public static void main(String[] arguments) {
        LauncherFactory.openSession().close();
        System.out.print(System.getProperty("usagestats.disabled"));
    }
}
