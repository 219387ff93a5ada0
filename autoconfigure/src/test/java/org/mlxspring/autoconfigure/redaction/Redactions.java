package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Redactions as an application with these settings has them. */
final class Redactions {

    private Redactions() {}

    static Redaction of(Map<String, String> settings, Detector... own) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        RedactionProperties properties = binder.bindOrCreate("mlx.datasets.redaction", RedactionProperties.class);
        List<Detector> detectors = new ArrayList<>(OwnRules.detectors(properties));
        detectors.addAll(List.of(own));
        detectors.addAll(RedactionConfiguration.defaults(properties));
        return new Redaction(detectors, properties.off(), properties.enabled());
    }

    static Redaction byDefault() {
        return of(Map.of());
    }
}
