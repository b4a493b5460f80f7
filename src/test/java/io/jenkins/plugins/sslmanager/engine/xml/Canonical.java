package io.jenkins.plugins.sslmanager.engine.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.CDATASection;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** XML, read by the JDK's parser and written down element by element, so that two documents can be compared. */
final class Canonical {

    private final boolean ordered;
    private final Set<String> leftOut;

    private Canonical(boolean ordered, Set<String> leftOut) {
        this.ordered = ordered;
        this.leftOut = leftOut;
    }

    /**
     * In its order and with its CDATA sections; but user, password and context are sorted, since the process page has them in
     * one order here and in another there.
     */
    static String request(byte[] xml) {
        return new Canonical(true, Set.of()).of(xml);
    }

    /** In the order of the elements' names, whatever is in CDATA, and without empty elements and those left out. */
    static String response(byte[] xml, String... leftOut) {
        return new Canonical(false, Set.of(leftOut)).of(xml);
    }

    private String of(byte[] xml) {
        try {
            List<String> lines = new ArrayList<>();
            write(
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(xml))
                            .getDocumentElement(),
                    "",
                    lines);
            return String.join("\n", lines);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void write(Element element, String parents, List<String> lines) {
        String path = parents + "/" + element.getTagName();
        if (leftOut.contains(path)) {
            return;
        }
        List<Element> children = children(element)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .sorted(
                        ordered && !element.getTagName().equals("auth")
                                ? (one, other) -> 0
                                : Comparator.comparing(Element::getTagName))
                .toList();
        if (!children.isEmpty()) {
            lines.add(path);
            children.forEach(child -> write(child, path, lines));
        } else if (ordered || !element.getTextContent().isBlank()) {
            boolean cdata = ordered && children(element).anyMatch(CDATASection.class::isInstance);
            lines.add(path + (cdata ? " = CDATA " : " = ") + element.getTextContent());
        }
    }

    private static Stream<Node> children(Element element) {
        return IntStream.range(0, element.getChildNodes().getLength()).mapToObj(element.getChildNodes()::item);
    }
}
