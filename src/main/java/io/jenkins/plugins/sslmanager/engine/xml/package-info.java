/**
 * The XML API behind {@link io.jenkins.plugins.sslmanager.engine.api.SslManagerApi}: one address, to which every task goes by
 * its number. The objects are those of {@code engine.api}; where they have other names or forms over XML,
 * {@link io.jenkins.plugins.sslmanager.engine.xml.XmlCodec} translates, and only what is built differently has a record here.
 * Sources: the process page's examples, and InterNetX's help pages "XML API Basics", "List Inquire" and "Managing Certificate
 * Orders".
 */
package io.jenkins.plugins.sslmanager.engine.xml;
