import java.awt.Component;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.usagestats.api.UsageStats;

/** Clicks on buttons of the page's settings panel, and says how it looks before and after. */
class WindowDrive {
    public static void main(String[] clicks) {
        try (UsageStats stats = WindowProgram.openStats()) {
            JPanel panel = StatsPanel.of(stats);
            tell(panel);
            for (String click : clicks) {
                for (Component part : panel.getComponents()) {
                    if (part instanceof JButton button && button.getText().equals(click)) {
                        button.doClick();
                    }
                }
                tell(panel);
            }
        }
    }

    private static void tell(JPanel panel) {
        StringBuilder line = new StringBuilder();
        for (Component part : panel.getComponents()) {
            line.append(part instanceof JLabel label ? label.getText() : part.isEnabled() ? " on" : " off");
        }
        System.out.println(line);
    }
}
