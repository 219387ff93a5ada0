package org.mlxspring.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mlxspring.engine.adapter.LoraParameters;
import org.mlxspring.engine.optim.ScheduleSettings;

/**
 * Writes {@link TrainSettings} as a map by mlx-lm's names, in the order of its documentation, and then those that mlx-lm
 * does not have.
 */
final class SettingsWriter {

    private SettingsWriter() {}

    static Map<String, Object> write(TrainSettings settings) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("fine_tune_type", settings.fineTuneType().settingName());
        out.put("optimizer", settings.optimizer().name());
        out.put(
                "optimizer_config",
                Map.of(settings.optimizer().name(), settings.optimizer().options()));
        out.put("mask_prompt", settings.maskPrompt());
        out.put("loss_mask", settings.lossMask().settingName());
        out.put("num_layers", settings.numLayers());
        out.put("batch_size", settings.batchSize());
        out.put("iters", settings.iters());
        out.put("val_batches", settings.valBatches());
        out.put("learning_rate", settings.learningRate());
        out.put("steps_per_report", settings.stepsPerReport());
        out.put("steps_per_eval", settings.stepsPerEval());
        out.put("grad_accumulation_steps", settings.gradAccumulationSteps());
        out.put("save_every", settings.saveEvery());
        out.put("test_batches", settings.testBatches());
        out.put("max_seq_length", settings.maxSeqLength());
        out.put("grad_checkpoint", settings.gradCheckpoint());
        out.put("clear_cache_threshold", settings.clearCacheThreshold());
        settings.lrSchedule().ifPresent(schedule -> out.put("lr_schedule", schedule(schedule)));
        out.put("lora_parameters", lora(settings.loraParameters()));
        out.put("seed", settings.seed());
        out.put("train_mode", settings.trainMode().settingName());
        out.put("beta", settings.beta());
        out.put("max_grad_norm", settings.maxGradNorm());
        out.put("early_stopping_patience", settings.earlyStoppingPatience());
        out.put("early_stopping_min_delta", settings.earlyStoppingMinDelta());
        out.put("keep_checkpoints", settings.keepCheckpoints());
        out.put("loss_scale", settings.lossScale().settingValue());
        out.put("loraplus_lr_ratio", settings.loraplusLrRatio());
        out.put("auto_batch", settings.autoBatch());
        out.put("activation_cache", settings.activationCache());
        out.put("processes", settings.processes());
        return out;
    }

    /** mlx-lm has no {@code use_rslora}, so it is there only if it means something. */
    static Map<String, Object> lora(LoraParameters parameters) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("rank", parameters.rank());
        out.put("scale", parameters.scale());
        out.put("dropout", parameters.dropout());
        parameters.keys().ifPresent(keys -> out.put("keys", keys));
        if (parameters.useRslora()) {
            out.put("use_rslora", true);
        }
        return out;
    }

    private static Map<String, Object> schedule(ScheduleSettings schedule) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", schedule.name());
        out.put("arguments", schedule.arguments());
        out.put("warmup", schedule.warmup());
        out.put("warmup_init", schedule.warmupInit());
        return out;
    }
}
