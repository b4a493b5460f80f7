package io.jenkins.plugins.sslmanager.engine.xml;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import java.util.List;
import java.util.function.Function;

/**
 * The data of an answer: each kind of thing has an element of its own, as often as there are such things.
 *
 * @param summary how many there are; for a poll, the notifications that wait
 */
record XmlData(
        Integer summary,
        List<CertificateData> certificateRequest,
        List<CertificateJob> certificateJob,
        List<Certificate> certificate,
        List<XmlMessage> message) {

    static <X, T> Function<XmlData, List<T>> each(Function<XmlData, List<X>> elements, Function<X, T> asModel) {
        return data -> orNone(elements.apply(data)).stream().map(asModel).toList();
    }

    private static <X> List<X> orNone(@CheckForNull List<X> list) {
        return list == null ? List.of() : list;
    }
}
