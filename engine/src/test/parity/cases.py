"""The cases of the parity table: what is made for each family, format and method, drawn from a seed.

Every figure that a family leaves open (heads, widths, bases of rope, numbers of experts) is drawn, so that another
seed is another model. Argument names are those of the ModelArgs of mlx-lm's families.
"""

import random
from dataclasses import dataclass, field

QUANTIZED_BITS = (2, 3, 4, 5, 6, 8)
QUANTIZED_GROUPS = (32, 64, 128)


@dataclass
class Tuning:
    """One training run: what is trained, and how."""

    type: str = "lora"
    num_layers: int = 2
    keys: list = None
    mask_prompt: bool = False
    optimizer: str = "adamw"
    options: dict = field(default_factory=dict)
    learning_rate: float = 1e-3
    schedule: dict = None
    accumulation: int = 1
    rank: int = 4
    scale: float = 10.0


@dataclass
class Case:
    """One model folder and one run on it."""

    name: str
    special: str
    config: dict
    tuning: Tuning = field(default_factory=Tuning)
    quantization: dict = None
    names: str = "mlx-lm"  # whose names the tensors of the folder have
    rope_parameters: bool = False  # whether config.json has the newer rope_parameters in place of rope_theta
    tokens: int = 512


class Shapes:
    """Draws the sizes of one case."""

    def __init__(self, seed, name, small):
        self.rng = random.Random(f"{seed} {name}")
        self.small = small

    def pick(self, *values):
        return values[0] if self.small else self.rng.choice(values)

    def base(self, model_type, wide=False, **more):
        hidden = 128 if wide else 32 if self.small else self.pick(64, 96, 64)
        heads = self.pick(4, 2, 4)
        config = dict(
            model_type=model_type,
            hidden_size=hidden,
            num_hidden_layers=2 if self.small else self.pick(2, 3, 4),
            intermediate_size=128 if wide else self.pick(64, 128, 96, 192),
            num_attention_heads=heads,
            num_key_value_heads=self.pick(heads // 2, 1, heads),
            rms_norm_eps=self.pick(1e-5, 1e-3, 3e-3),
            vocab_size=320 if self.small else 512,
            max_position_embeddings=512,
            rope_theta=self.pick(10000.0, 1000.0, 100000.0),
        )
        config.update(more)
        return config


def even(layers, first, second):
    return [first if i % 2 == 0 else second for i in range(layers)]


def llama_families(shapes):
    yield "llama", "the plain case; untied", lambda s: s.base("llama", tie_word_embeddings=False)
    yield "llama-tied", "tied embeddings", lambda s: s.base("llama", tie_word_embeddings=True)
    yield "llama-rope-llama3", "rope_scaling llama3", lambda s: s.base("llama", tie_word_embeddings=False, rope_scaling=dict(
        rope_type="llama3", factor=s.pick(8.0, 32.0), low_freq_factor=1.0, high_freq_factor=4.0,
        original_max_position_embeddings=s.pick(64, 32)))
    yield "llama-rope-linear", "rope_scaling linear", lambda s: s.base("llama", tie_word_embeddings=False, rope_scaling=dict(
        type="linear", factor=s.pick(4.0, 2.0)))
    yield "llama-rope-dynamic", "rope_scaling dynamic, longer than max_position_embeddings", lambda s: s.base(
        "llama", tie_word_embeddings=False, max_position_embeddings=s.pick(16, 20),
        rope_scaling=dict(rope_type="dynamic", factor=s.pick(2.0, 4.0)))
    yield "llama-rope-yarn", "rope_scaling yarn", lambda s: s.base("llama", tie_word_embeddings=False, rope_scaling=dict(
        rope_type="yarn", factor=s.pick(4.0, 8.0), original_max_position_embeddings=s.pick(4096, 2048),
        beta_fast=32, beta_slow=1))
    yield "llama-rope-traditional", "rope_traditional", lambda s: s.base(
        "llama", tie_word_embeddings=False, rope_traditional=True)
    yield "llama-bias", "attention_bias and mlp_bias", lambda s: s.base(
        "llama", tie_word_embeddings=False, attention_bias=True, mlp_bias=True)
    yield "llama-head-dim", "explicit head_dim", lambda s: s.base("llama", tie_word_embeddings=False, head_dim=s.pick(32, 48))

    def sliding(s):
        config = s.base("llama", tie_word_embeddings=False, sliding_window=s.pick(8, 12))
        config["layer_types"] = even(config["num_hidden_layers"], "sliding_attention", "full_attention")
        return config
    yield "llama-sliding", "layer_types with sliding windows", sliding
    yield "mistral", "remapped to llama, head_dim", lambda s: s.base("mistral", tie_word_embeddings=False, head_dim=s.pick(32, 24))

    def ministral3(s):
        config = s.base("ministral3", tie_word_embeddings=s.pick(False, True), head_dim=s.pick(32, 16), sliding_window=s.pick(8, 12))
        config["layer_types"] = even(config["num_hidden_layers"], "full_attention", "sliding_attention")
        theta = config.pop("rope_theta")
        config["rope_parameters"] = dict(
            type="yarn", rope_type="yarn", rope_theta=theta, factor=s.pick(16.0, 8.0), beta_fast=1.0, beta_slow=0.1, mscale=1.0,
            mscale_all_dim=1.0, llama_4_scaling_beta=0.1, original_max_position_embeddings=s.pick(16, 12))
        return config
    yield "ministral3", "rope_parameters with yarn and a scale of queries by position, sliding layers", ministral3
    yield "smollm3", "layers without rope", lambda s: s.base("smollm3", tie_word_embeddings=s.pick(True, False), no_rope_layer_interval=2)

    def listed(s):
        config = s.base("smollm3", tie_word_embeddings=False)
        config["no_rope_layers"] = even(config["num_hidden_layers"], 0, 1)
        return config
    yield "smollm3-listed", "no_rope_layers as a list", listed
    yield "qwen2", "biases on q, k, v; tied", lambda s: s.base("qwen2", tie_word_embeddings=True)
    yield "qwen2-untied", "untied", lambda s: s.base("qwen2", tie_word_embeddings=False)
    yield "qwen3", "norms on queries and keys", lambda s: s.base(
        "qwen3", tie_word_embeddings=s.pick(True, False), head_dim=s.pick(32, 16))
    yield "olmo2", "norms after the blocks, q and k norms over all heads", lambda s: s.base("olmo2", tie_word_embeddings=False)
    yield "granite", "four multipliers", lambda s: s.base(
        "granite", logits_scaling=s.pick(0.5, 2.0), attention_multiplier=s.pick(0.25, 0.4),
        embedding_multiplier=s.pick(2.0, 3.0), residual_multiplier=s.pick(0.5, 0.7), attention_bias=False, mlp_bias=False)
    yield "granite-bias", "attention and mlp biases, untied", lambda s: s.base(
        "granite", logits_scaling=0.5, attention_multiplier=0.4, embedding_multiplier=2.0, residual_multiplier=0.7,
        attention_bias=True, mlp_bias=True, tie_word_embeddings=False)


def phi_families(shapes):
    def phi(s):
        config = s.base("phi", partial_rotary_factor=s.pick(0.5, 0.25), layer_norm_eps=s.pick(1e-5, 1e-3, 3e-3))
        del config["rms_norm_eps"]
        return config

    def factors(s, config, share=1.0):
        rotated = int(config["hidden_size"] // config["num_attention_heads"] * share)
        return dict(
            short_factor=[round(1.0 + 0.05 * i, 3) for i in range(rotated // 2)],
            long_factor=[round(1.5 + 0.25 * i, 3) for i in range(rotated // 2)])

    def phi3(kind, share=1.0, **more):
        def make(s):
            config = s.base("phi3", tie_word_embeddings=False, original_max_position_embeddings=s.pick(64, 128))
            config.update(more)
            if kind == "linear":
                config["rope_scaling"] = dict(type="linear", factor=4.0, long_factor=[1.0])
            elif kind:
                config["rope_scaling"] = dict(type=kind, **factors(s, config, share))
            if share != 1.0:
                config["partial_rotary_factor"] = share
            return config
        return make

    def phimoe(scaled):
        def make(s):
            config = s.base("phimoe", num_local_experts=s.pick(4, 6), num_experts_per_tok=2,
                            original_max_position_embeddings=s.pick(64, 128))
            if scaled:
                config["rope_scaling"] = dict(type="longrope", short_mscale=1.1, long_mscale=s.pick(1.2, 1.3), **factors(s, config))
            return config
        return make

    yield "phi", "parallel residual, biases, partial rotary", phi
    yield "phi3", "fused qkv and gate_up", phi3(None)
    yield "phi3-tied", "tied embeddings", phi3(None, tie_word_embeddings=True)
    yield "phi3-partial", "partial rotary", phi3(None, 0.5)
    yield "phi3-su", "rope_scaling su", phi3("su")
    yield "phi3-longrope", "rope_scaling longrope on a part of the head", phi3("longrope", 0.75)
    yield "phi3-linear", "rope_scaling linear", phi3("linear")
    yield "phimoe", "experts, LayerNorm, no rope_scaling", phimoe(False)
    yield "phimoe-longrope", "rope_scaling longrope with mscale", phimoe(True)

    def stablelm(**more):
        def make(s):
            config = s.base("stablelm", partial_rotary_factor=s.pick(0.5, 0.25), layer_norm_eps=s.pick(1e-5, 1e-3, 3e-3), use_qkv_bias=s.pick(True, False))
            del config["rms_norm_eps"]
            config.update(more)
            return config
        return make

    yield "stablelm", "sequential residual", stablelm()
    yield "stablelm-parallel", "use_parallel_residual", stablelm(use_parallel_residual=True, use_qkv_bias=False)
    yield "stablelm-qk-norm", "qk_layernorm", stablelm(qk_layernorm=True)
    yield "stablelm-parallel-qk-norm", "use_parallel_residual and qk_layernorm", stablelm(
        use_parallel_residual=True, qk_layernorm=True)

    def starcoder2(tied):
        def make(s):
            config = s.base("starcoder2", tie_word_embeddings=tied, norm_epsilon=s.pick(1e-5, 1e-3, 3e-3))
            del config["rms_norm_eps"]
            return config
        return make

    yield "starcoder2", "LayerNorm, biases, no gate", starcoder2(True)
    yield "starcoder2-untied", "untied", starcoder2(False)
    yield "glm4", "four norms per block, fused gate_up, traditional partial rope", lambda s: s.base(
        "glm4", attention_bias=s.pick(True, False), head_dim=s.pick(32, 16), partial_rotary_factor=0.5)

    def cohere(**more):
        def make(s):
            config = s.base("cohere", layer_norm_eps=s.pick(1e-5, 1e-3, 3e-3), logit_scale=s.pick(1.0, 0.5))
            del config["rms_norm_eps"]
            config.update(more)
            return config
        return make

    yield "cohere", "parallel residual, logit_scale", cohere()
    yield "cohere-qk-norm", "use_qk_norm, biases", cohere(use_qk_norm=True, attention_bias=True, layer_norm_bias=True)

    def cohere2(s):
        config = s.base("cohere2", layer_norm_eps=s.pick(1e-5, 1e-3, 3e-3), logit_scale=s.pick(1.0, 0.5), sliding_window=s.pick(8, 12),
                        sliding_window_pattern=2)
        config["head_dim"] = config["hidden_size"] // config["num_attention_heads"]
        del config["rms_norm_eps"]
        return config
    yield "cohere2", "sliding layers with rope, full layers without", cohere2


def gemma_families(shapes):
    yield "gemma", "norms of 1 + weight, tied", lambda s: s.base("gemma", head_dim=s.pick(32, 16), num_key_value_heads=1)
    yield "gemma2", "soft caps", lambda s: s.base(
        "gemma2", head_dim=s.pick(32, 16), query_pre_attn_scalar=s.pick(32, 24),
        attn_logit_softcapping=s.pick(50.0, 5.0), final_logit_softcapping=s.pick(30.0, 10.0))
    yield "gemma3_text", "sliding layers with another base", lambda s: s.base(
        "gemma3_text", head_dim=s.pick(32, 16), query_pre_attn_scalar=s.pick(32, 24), sliding_window=s.pick(8, 12),
        sliding_window_pattern=2, rope_local_base_freq=10000.0, rope_theta=1e6)
    yield "gemma3_text-linear", "rope_scaling linear on full layers", lambda s: s.base(
        "gemma3_text", head_dim=32, query_pre_attn_scalar=32, sliding_window=12, sliding_window_pattern=2,
        rope_local_base_freq=10000.0, rope_theta=1e6, rope_scaling=dict(rope_type="linear", factor=8.0))


def expert_families(shapes):
    yield "mixtral", "experts; default keys", lambda s: s.base("mixtral", num_local_experts=s.pick(4, 6), num_experts_per_tok=2)
    yield "qwen2_moe", "experts and a shared expert", lambda s: s.base(
        "qwen2_moe", num_experts=s.pick(4, 6), num_experts_per_tok=s.pick(2, 3), moe_intermediate_size=64,
        shared_expert_intermediate_size=s.pick(64, 96), tie_word_embeddings=False)

    def qwen3_moe(normed):
        def make(s):
            return s.base(
                "qwen3_moe", head_dim=s.pick(32, 16), num_experts=s.pick(4, 6), num_experts_per_tok=s.pick(2, 3),
                decoder_sparse_step=1 if normed else 2, mlp_only_layers=[], moe_intermediate_size=64, norm_topk_prob=normed,
                tie_word_embeddings=not normed)
        return make

    yield "qwen3_moe", "experts in every layer, norm_topk_prob", qwen3_moe(True)
    yield "qwen3_moe-sparse", "experts in every second layer, tied, scores not normed", qwen3_moe(False)
    yield "granitemoe", "experts with multipliers", lambda s: s.base(
        "granitemoe", num_local_experts=s.pick(4, 6), num_experts_per_tok=2, logits_scaling=0.5,
        attention_multiplier=s.pick(0.25, 0.4), embedding_multiplier=2.0, residual_multiplier=s.pick(0.5, 0.7),
        attention_bias=False, tie_word_embeddings=s.pick(True, False))

    def gpt_oss(scaled):
        def make(s):
            config = s.base("gpt_oss", num_local_experts=s.pick(4, 6), num_experts_per_tok=2, head_dim=s.pick(32, 16),
                            sliding_window=s.pick(8, 12))
            config["layer_types"] = even(config["num_hidden_layers"], "sliding_attention", "full_attention")
            if scaled:
                config["rope_scaling"] = dict(rope_type="yarn", factor=32.0, beta_fast=32.0, beta_slow=1.0, truncate=False,
                                              original_max_position_embeddings=4096)
            return config
        return make

    yield "gpt_oss", "attention sinks, biases on experts, clipped SwiGLU", gpt_oss(False)
    yield "gpt_oss-yarn", "rope_scaling yarn", gpt_oss(True)


def families(seed, small):
    """Every family as mlx-lm saves it, trained with LoRA on the default keys."""
    for group in (llama_families, phi_families, gemma_families, expert_families):
        for name, special, make in group(None):
            shapes = Shapes(seed, name, small)
            config = make(shapes)
            yield Case(name, special, config, varied(shapes), tokens=config["vocab_size"])


def varied(shapes):
    return Tuning(num_layers=shapes.pick(2, -1, 1), rank=shapes.pick(4, 2, 8), scale=shapes.pick(10.0, 20.0, 4.0))


def of_family(seed, small, name, like, special, **more):
    """A case whose configuration is that of a family, drawn anew."""
    for group in (llama_families, phi_families, gemma_families, expert_families):
        for known, _, make in group(None):
            if known == like:
                shapes = Shapes(seed, name, small)
                config = make(shapes)
                return Case(name, special, config, **dict(dict(tuning=varied(shapes), tokens=config["vocab_size"]), **more))
    raise KeyError(like)


def hugging_face_names(seed, small):
    for like, special in (
        ("llama-tied", "lm_head.weight and rotary inv_freq stored though tied"),
        ("mixtral", "experts apart"), ("qwen2_moe", "experts apart"), ("qwen3_moe", "experts apart"),
        ("qwen3_moe-sparse", "experts apart, from the second layer on"), ("phimoe", "experts apart"),
        ("granitemoe", "fused input_linear"), ("gpt_oss", "mxfp4 experts as blocks and scales, gate and up interleaved")):
        yield of_family(seed, small, like + "-hf", like, "Hugging Face's names: " + special, names="hugging-face")


def rope_parameters(seed, small):
    for like in ("llama", "llama-rope-llama3", "llama-rope-yarn", "mistral", "qwen2", "qwen3", "qwen3_moe", "phi", "phi3-longrope",
                 "gemma3_text", "gemma3_text-linear", "granite", "stablelm", "cohere2", "glm4", "gpt_oss-yarn"):
        yield of_family(seed, small, like + "-new", like, "rope_parameters in config.json", rope_parameters=True)


def quantized(seed, small):
    def wide(name, special, quantization, model_type="llama", tuning=None, **more):
        shapes = Shapes(seed, name, small)
        config = shapes.base(model_type, wide=True, **dict(dict(tie_word_embeddings=False, num_hidden_layers=2), **more))
        return Case(name, special, config, tuning or varied(shapes), quantization, tokens=config["vocab_size"])

    for bits in QUANTIZED_BITS:
        for group in QUANTIZED_GROUPS:
            yield wide(f"llama-q{bits}-g{group}", "affine, LoRA on it", dict(bits=bits, group_size=group))
    modes = dict(mxfp4=dict(mode="mxfp4", bits=4, group_size=32), mxfp8=dict(mode="mxfp8", bits=8, group_size=32),
                 nvfp4=dict(mode="nvfp4", bits=4, group_size=16))
    for mode, settings in modes.items():
        yield wide(f"llama-{mode}", "LoRA on it", settings)
    for recipe in ("mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"):
        yield wide("llama-" + recipe.replace("_", "-"), "mlx-lm's recipe", dict(recipe=recipe, bits=4, group_size=64),
                   num_hidden_layers=4)
    yield wide("llama-per-layer", "own settings for some layers, others left dense", dict(bits=4, group_size=64, layers={
        "model.layers.0.mlp.down_proj": dict(bits=8, group_size=32), "model.layers.1.self_attn.v_proj": False,
        "model.layers.1.mlp.up_proj": dict(bits=5, group_size=128), "lm_head": dict(mode="mxfp8", bits=8, group_size=32),
        "model.embed_tokens": False}))
    yield wide("qwen2-q4-tied", "quantized embedding as head", dict(bits=4, group_size=64), "qwen2", tie_word_embeddings=True)
    yield wide("qwen2-q3-tied", "quantized embedding as head", dict(bits=3, group_size=32), "qwen2", tie_word_embeddings=True)
    yield wide("gemma-q4", "norms of 1 + weight on 4 bits", dict(bits=4, group_size=64), "gemma", head_dim=32)
    yield wide("phi3-q6", "fused projections at 6 bits", dict(bits=6, group_size=64), "phi3",
               original_max_position_embeddings=512)
    yield wide("mixtral-q4", "quantized experts, default keys", dict(bits=4, group_size=64), "mixtral",
               num_local_experts=4, num_experts_per_tok=2)
    yield wide("mixtral-mxfp4", "mxfp4 experts", modes["mxfp4"], "mixtral", num_local_experts=4, num_experts_per_tok=2)
    yield wide("qwen3_moe-q4", "the gate at 8 bits by mlx-lm's own rule", dict(bits=4, group_size=64), "qwen3_moe",
               head_dim=32, num_experts=4, num_experts_per_tok=2, decoder_sparse_step=1, mlp_only_layers=[],
               moe_intermediate_size=64, norm_topk_prob=True)
    yield wide("gpt_oss-mxfp4", "mxfp4 experts with biases", modes["mxfp4"], "gpt_oss", num_local_experts=4,
               num_experts_per_tok=2, head_dim=32, sliding_window=8,
               layer_types=["sliding_attention", "full_attention"])
    for bits in QUANTIZED_BITS:
        yield wide(f"llama-dora-q{bits}", "DoRA on quantized weights", dict(bits=bits, group_size=64), tuning=Tuning(type="dora"))
    for mode, settings in modes.items():
        yield wide(f"llama-dora-{mode}", "DoRA on quantized weights", settings, tuning=Tuning(type="dora"))
    embedding = ["self_attn.q_proj", "model.embed_tokens"]
    yield wide("llama-embedding-q4", "LoRA on a quantized embedding", dict(bits=4, group_size=64), tuning=Tuning(keys=embedding))
    yield wide("qwen3_moe-experts-q4", "LoRA on quantized experts alone", dict(bits=4, group_size=64), "qwen3_moe",
               tuning=Tuning(keys=["mlp.switch_mlp.gate_proj", "mlp.switch_mlp.down_proj"]), head_dim=32, num_experts=4,
               num_experts_per_tok=2, decoder_sparse_step=1, mlp_only_layers=[], moe_intermediate_size=64,
               norm_topk_prob=True)
    yield wide("llama-masked-q4", "prompt masked, 4 bits", dict(bits=4, group_size=64), tuning=Tuning(mask_prompt=True))


def methods(seed, small):
    def case(name, like, special, **tuning):
        return of_family(seed, small, name, like, special, tuning=Tuning(**tuning))

    yield case("llama-masked", "llama", "prompt masked", mask_prompt=True)
    yield case("gemma2-masked", "gemma2", "prompt masked", mask_prompt=True)
    for like in ("llama", "llama-bias", "qwen2", "gemma", "phi3", "cohere-qk-norm", "starcoder2"):
        yield case(like + "-dora", like, "DoRA", type="dora")
    yield case("mixtral-dora", "mixtral", "DoRA on attention, for experts have none", type="dora",
               keys=["self_attn.q_proj", "self_attn.o_proj"])
    yield case("llama-all-layers", "llama", "num_layers -1", num_layers=-1)
    yield case("llama-keys", "llama", "chosen keys, lm_head among them", keys=["self_attn.v_proj", "mlp.gate_proj", "lm_head"])
    embedding = ["self_attn.q_proj", "model.embed_tokens"]
    yield case("llama-embedding", "llama", "LoRA on the embedding", keys=embedding)
    yield case("qwen2-embedding", "qwen2", "LoRA on an embedding that is the head too", keys=embedding)
    yield case("llama-embedding-dora", "llama", "DoRA on the embedding", type="dora", keys=embedding)
    yield case("qwen2-embedding-dora", "qwen2", "DoRA on an embedding that is the head too", type="dora", keys=embedding)
    yield case("mixtral-experts", "mixtral", "LoRA on experts alone", keys=[
        "block_sparse_moe.switch_mlp.up_proj", "block_sparse_moe.switch_mlp.down_proj"])
    yield case("qwen3_moe-experts", "qwen3_moe", "LoRA on experts and the gate", keys=[
        "mlp.switch_mlp.gate_proj", "mlp.switch_mlp.up_proj", "mlp.gate"])
    yield case("gpt_oss-experts", "gpt_oss", "LoRA on experts with biases", keys=["mlp.experts.down_proj", "mlp.experts.up_proj"])
    for like in ("llama", "qwen2", "gemma2", "phi3", "mixtral", "stablelm-qk-norm"):
        yield case(like + "-full", like, "full fine-tuning", type="full", num_layers=2, learning_rate=1e-4)
    for name, optimizer, rate, options in (
        ("adam", "adam", 1e-3, {}), ("adam-corrected", "adam", 1e-3, dict(bias_correction=True, betas=[0.8, 0.95])),
        ("adamw-corrected", "adamw", 1e-3, dict(bias_correction=True, weight_decay=0.1, eps=1e-6)),
        ("muon", "muon", 1e-3, {}), ("muon-plain", "muon", 1e-3, dict(nesterov=False, momentum=0.9, weight_decay=0.0, ns_steps=3)),
        ("sgd", "sgd", 1e-3, {}), ("sgd-nesterov", "sgd", 1e-3, dict(momentum=0.9, nesterov=True, weight_decay=0.01)),
        ("sgd-damped", "sgd", 1e-3, dict(momentum=0.9, dampening=0.1)),
        ("adafactor", "adafactor", 1e-3, {}),
        ("adafactor-fixed", "adafactor", 1e-3, dict(relative_step=False, scale_parameter=False, beta_1=0.9, weight_decay=0.01)),
        ("adafactor-warmup", "adafactor", 1e-3, dict(warmup_init=True))):
        yield case("llama-" + name, "llama", f"{optimizer} {options or 'with defaults'}", optimizer=optimizer, learning_rate=rate,
                   options=options)
    for optimizer in ("muon", "adafactor", "sgd"):
        yield case(f"llama-full-{optimizer}", "llama-bias", f"full fine-tuning with {optimizer}", type="full", optimizer=optimizer,
                   learning_rate=1e-4)
    schedule = "llama-schedule-"
    yield case(schedule + "cosine", "llama", "cosine_decay with warmup", schedule=dict(
        name="cosine_decay", warmup=4, warmup_init=1e-6, arguments=[2e-3, 14, 1e-5]))
    yield case(schedule + "linear", "llama", "linear_schedule", schedule=dict(
        name="linear_schedule", arguments=[2e-3, 1e-5, 12]))
    yield case(schedule + "exponential", "llama", "exponential_decay with warmup", schedule=dict(
        name="exponential_decay", warmup=3, arguments=[2e-3, 0.9]))
    yield case(schedule + "step", "llama", "step_decay", schedule=dict(name="step_decay", arguments=[2e-3, 0.5, 5]))
    yield case("llama-accumulation", "llama", "grad_accumulation_steps 2", accumulation=2)


def all_cases(seed, small=False):
    """Every case of a seed, in the order of the table; with small, models fit to be kept in a repository."""
    cases = []
    for group in (families, hugging_face_names, rope_parameters, quantized, methods):
        cases.extend(group(seed, small))
    return {case.name: case for case in cases}
