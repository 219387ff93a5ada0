package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the redaction: the application's own rules and detectors first, then those of the starter. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedactionProperties.class)
public class RedactionConfiguration {

    @Bean
    Redaction mlxRedaction(RedactionProperties properties, ObjectProvider<Detector> ofTheApplication) {
        List<Detector> detectors = new ArrayList<>(OwnRules.detectors(properties));
        ofTheApplication.orderedStream().forEach(detectors::add);
        detectors.addAll(defaults(properties));
        Set<String> known = new TreeSet<>();
        detectors.forEach(detector -> known.addAll(detector.types()));
        for (String type : properties.off()) {
            if (!known.contains(type)) {
                throw new IllegalArgumentException(
                        "mlx.datasets.redaction.off has '" + type + "'; the types are " + known + ".");
            }
        }
        return new Redaction(detectors, properties.off(), properties.enabled());
    }

    /** The starter's own, in the order in which they win a stretch that several find. */
    static List<Detector> defaults(RedactionProperties properties) {
        return List.of(
                new TokenDetector(),
                new ApiKeyDetector(),
                new IbanDetector(),
                new PaymentCardDetector(),
                new EmailDetector(),
                new IdentityNumberDetector(),
                new PhoneDetector(new PhoneNumbers(properties.phoneRegions())),
                new IpAddressDetector(),
                new AssignedSecretDetector(),
                new RandomStringDetector());
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    RedactionController mlxRedactionController(
            Redaction redaction, ObjectProvider<DatasetPlaceholders> ofDatasets, ObjectProvider<AuditLog> audit) {
        return new RedactionController(redaction, ofDatasets, audit);
    }
}
