package io.jenkins.plugins.sslmanager.engine.xml;

import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.protocol.TextValues;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.dataformat.xml.XmlFactory;
import tools.jackson.dataformat.xml.XmlMapper;

/**
 * The service's objects as XML: no elements for nulls, attributes and unknown elements ignored, repeated elements as lists even
 * if there is one, elements without content as if they were not there, further names in any spelling. A document type declaration is refused, so that nothing
 * is declared, expanded or fetched.
 */
public final class XmlCodec {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** Over XML a lifetime is a number of months. */
    private static final String MONTHS = "MONTH";

    private static final XmlMapper MAPPER = XmlMapper.builder(XmlFactory.builder()
                    .xmlInputFactory(inputFactory())
                    .xmlOutputFactory(outputFactory())
                    .build())
            .defaultUseWrapper(false)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SKIP))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .addMixIns(XmlNames.MIXINS)
            .addModule(new TextValues()
                    .with(OffsetDateTime.class, XmlCodec::written, XmlCodec::date, "a date with time")
                    .with(Boolean.class, value -> value ? "1" : "0", XmlCodec::flag, "0, 1, false or true")
                    .with(StatusType.class, XmlCodec::lowerCase, XmlCodec::statusType, "a status type")
                    .with(TimePeriod.class, XmlCodec::months, XmlCodec::term, "a number of months"))
            .build();

    private final XmlMapper mapper;

    public XmlCodec() {
        mapper = MAPPER;
    }

    /** @param unknownFields notes what it skips */
    XmlCodec(UnknownFields unknownFields) {
        mapper = MAPPER.rebuild().addHandler(unknownFields).build();
    }

    /** Without a byte order mark, which the service does not take, and without a declaration, as in the examples. */
    public byte[] encode(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /**
     * @throws JacksonException if this is not the XML of such a value; {@link UnexpectedEndOfInputException} where it ends too
     *     early
     */
    public <T> T decode(byte[] xml, Class<T> type) {
        return decode(xml, mapper.constructType(type));
    }

    /** @throws JacksonException as {@link #decode(byte[], Class)} */
    <D> XmlResponse<D> decodeResponse(byte[] xml, Class<D> dataType) {
        return decode(xml, mapper.getTypeFactory().constructParametricType(XmlResponse.class, dataType));
    }

    /** By way of a tree, in which an element that comes again later is still the same list. */
    private <T> T decode(byte[] xml, JavaType type) {
        JsonNode document = tree(xml);
        removeEmpty(document);
        FurtherNames.unify(document);
        return mapper.treeToValue(document, type);
    }

    /**
     * All that stands in a document but its attributes, also what no object of ours has.
     *
     * @throws JacksonException as {@link #decode(byte[], Class)}
     */
    public static JsonNode tree(byte[] xml) {
        try {
            XMLStreamReader in = MAPPER.tokenStreamFactory()
                    .getXMLInputFactory()
                    .createXMLStreamReader(new ByteArrayInputStream(xml));
            toRoot(in);
            return MAPPER.readValue(new WithoutAttributes(in), JsonNode.class);
        } catch (XMLStreamException | IOException e) {
            throw unreadable(e, e);
        } catch (StreamReadException e) {
            throw unreadable(e, e.getCause());
        }
    }

    private static void toRoot(XMLStreamReader in) throws XMLStreamException {
        while (in.next() != XMLStreamConstants.START_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("It has a document type declaration", in.getLocation());
            }
        }
    }

    private static JacksonException unreadable(Exception failure, Throwable cause) {
        return cause instanceof WstxEOFException
                ? new UnexpectedEndOfInputException(null, null, failure.getMessage())
                : new StreamReadException(null, failure.getMessage(), failure);
    }

    private static void removeEmpty(JsonNode node) {
        if (node instanceof ContainerNode<?> container) {
            container.forEach(XmlCodec::removeEmpty);
            container.removeIf(child ->
                    child.isContainer() ? child.isEmpty() : child.asString().isBlank());
        }
    }

    private static String written(OffsetDateTime date) {
        return DATE.format(date.atZoneSameInstant(SslManagerApi.TIME_ZONE));
    }

    private static OffsetDateTime date(String text) {
        return LocalDateTime.parse(text, DATE).atZone(SslManagerApi.TIME_ZONE).toOffsetDateTime();
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String lowerCase(StatusType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static StatusType statusType(String text) {
        return new StatusType(text.toUpperCase(Locale.ROOT));
    }

    private static String months(TimePeriod term) {
        if (!MONTHS.equals(term.unit())) {
            throw new IllegalArgumentException("Over XML a lifetime is given in months, not in " + term.unit());
        }
        return term.period().toString();
    }

    private static TimePeriod term(String months) {
        return new TimePeriod(MONTHS, Long.valueOf(months));
    }

    /** This parser by name: which one a look-up finds depends on the class path, and with it what it does about a DTD. */
    private static XMLInputFactory inputFactory() {
        XMLInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static XMLOutputFactory outputFactory() {
        XMLOutputFactory factory = new WstxOutputFactory();
        // The end of a CDATA section in a text divides it into two sections.
        factory.setProperty(WstxOutputProperties.P_OUTPUT_FIX_CONTENT, true);
        return factory;
    }

    /** With attributes, a text would be an object of its text and them. */
    private static final class WithoutAttributes extends StreamReaderDelegate {

        WithoutAttributes(XMLStreamReader in) {
            super(in);
        }

        @Override
        public int getAttributeCount() {
            return 0;
        }
    }
}
