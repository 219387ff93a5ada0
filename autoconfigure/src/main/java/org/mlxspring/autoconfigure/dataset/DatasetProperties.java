package org.mlxspring.autoconfigure.dataset;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How datasets are received.
 *
 * @param maxUpload Largest upload of a dataset version, all files together. The application's own limits, in
 *     spring.servlet.multipart, are neither used nor changed.
 * @param importWait How long an import waits while another one adds rows to the same dataset, before it is refused.
 * @param importTimeout After how long without a sign of life an import is given up, when another one waits for its turn;
 *     all it did is taken back.
 */
public record DatasetProperties(
        @DefaultValue("2GB") DataSize maxUpload,
        @DefaultValue("5m") Duration importWait,
        @DefaultValue("10m") Duration importTimeout) {}
