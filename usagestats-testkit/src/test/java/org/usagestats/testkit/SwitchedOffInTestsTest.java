package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

class SwitchedOffInTestsTest {

    private static final String PROPERTY = "usagestats.disabled";

    private final Properties before = (Properties) System.getProperties().clone();

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void aSessionThatNamesItIsSwitchedOff() {
        System.clearProperty(PROPERTY);
        openSession();

        assertThat(System.getProperty(PROPERTY)).isEqualTo("true");
    }

    @Test
    void aValueThatSomebodySetStays() {
        System.setProperty(PROPERTY, "false");
        openSession();

        assertThat(System.getProperty(PROPERTY)).isEqualTo("false");
    }

    @Test
    void merelyBeingOnThePathItDoesNothing() {
        assertThat(before).doesNotContainKey(PROPERTY);
    }

    private static void openSession() {
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .addLauncherSessionListeners(new SwitchedOffInTests())
                .build();
        LauncherFactory.openSession(config).close();
    }
}
