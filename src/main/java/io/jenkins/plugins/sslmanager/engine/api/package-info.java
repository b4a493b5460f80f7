/**
 * InterNetX's SSL Manager as Java values: the tasks ({@link io.jenkins.plugins.sslmanager.engine.api.SslManagerApi}), the
 * objects they carry, and the one exception they fail with. The records have the service's names, as in its OpenAPI
 * document; what a service leaves out is {@code null}, and what it adds is ignored. Neither protocol shows through.
 */
package io.jenkins.plugins.sslmanager.engine.api;
