package org.mlxspring.autoconfigure.erasure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an erasure does besides removing the rows.
 *
 * @param withdraw Whether model versions that learned from an erased row are taken out of serving. The newest version
 *     that did not becomes the champion, or the base model serves.
 * @param retrain Whether the adapters that learned from an erased row are trained again, with the same settings on the
 *     newest version of their dataset.
 * @param restart Whether runs that had to stop for an erasure are started again on what is left, from their beginning.
 * @param keepOut Whether keyed hashes of erased rows are kept, so that the next import of the same source does not bring
 *     them back.
 * @param rotateKeys Whether the dataset gets a new key for its rows, under which all that are left are sealed again.
 *     What the database still holds of an erased row outside of its tables can then no longer be opened.
 */
@ConfigurationProperties("mlx.datasets.erasure")
public record ErasureProperties(
        @DefaultValue("false") boolean withdraw,
        @DefaultValue("false") boolean retrain,
        @DefaultValue("true") boolean restart,
        @DefaultValue("true") boolean keepOut,
        @DefaultValue("false") boolean rotateKeys) {}
