package org.usagestats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.usagestats.sink.QueryResult;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartProperties {

    private static Document parsed(String picture) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture)));
    }

    @Property(tries = 100)
    void everyPictureIsWellFormedAndHasNoScript(
            @ForAll Mark mark,
            @ForAll Theme theme,
            @ForAll String title,
            @ForAll List<String> names,
            @ForAll double number)
            throws Exception {
        QueryResult.Row[] rows =
                names.stream().distinct().map(name -> Answers.row(number, name)).toArray(QueryResult.Row[]::new);
        Document picture =
                parsed(new Chart(title, mark, theme).draw(Answers.SYSTEMS, Answers.answer(Answers.SYSTEMS, rows)));
        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
    }

    @Property(tries = 100)
    void everyBadgeIsWellFormed(@ForAll String label, @ForAll String value) throws Exception {
        assertThat(parsed(new Badge(label, value).draw())
                        .getElementsByTagName("text")
                        .getLength())
                .isEqualTo(2);
    }
}
