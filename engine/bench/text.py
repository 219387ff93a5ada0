"""Text that looks like a company's tickets to a tokenizer: common and rare words, names, numbers, other scripts."""

import random

FREQUENT = (
    "the of to and a in is it you that he was for on are with as they be at one have this from or had by not but what all "
    "were we when your can said there use an each which she do how their if will up other about out many then them these "
    "so some her would make like him into time has look two more write go see number no way could people").split()
SYLLABLES = (
    "ac ba be bi bra ca ce ci cla co con cra da de di dis do dra e el en er es ex fa fe fi fla for ga ge gi gra ha he hi ho "
    "im in ing ion ir ist ja ka ke la le li lo lu ma me men mi mo mu na ne ni no nu o op or pa pe per pi pla po pre pro qua "
    "ra re ri ro ru sa se shi si so sta sti stra su ta te ter ti to tra tri tu u un ur va ve vi vo wa we wi ty ly ment").split()
NAMES = "Anna Bernd Carla Deniz Elif Frank Grace Hiro Ines Jonas Klara Luis Mira Nora Otto Priya Rosa Sven Tara Yusuf".split()
ELSEWHERE = "Müller naïve Zürich façade señor Ærø Łódź Δelta данные сервер プリンター 打印机 프린터 café 😀 ✅ → €".split()
WORDS = 6000


class Text:
    """Sentences, the same ones for the same seed. Words are as frequent as in a language: the n-th one 1/n as often."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        made = random.Random(1)
        words = dict.fromkeys(FREQUENT)
        while len(words) < WORDS:
            words["".join(made.choices(SYLLABLES, k=made.choice((1, 2, 2, 3, 3, 4))))] = None
        self.words = list(words)
        weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self.steps = [sum(weights[:1])]
        for weight in weights[1:]:
            self.steps.append(self.steps[-1] + weight)

    def rare_word(self):
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(3, 6)))

    def sentence(self):
        draw = self.random
        words = draw.choices(self.words, cum_weights=self.steps, k=draw.randint(5, 16))
        for place in range(len(words)):
            chance = draw.random()
            if chance < 0.02:
                words[place] = draw.choice(NAMES)
            elif chance < 0.045:
                words[place] = draw.choice((str(draw.randint(1, 99999)), f"{draw.random() * 100:.2f}", f"{draw.randint(0, 23)}:30"))
            elif chance < 0.055:
                words[place] = self.rare_word()
            elif chance < 0.063:
                words[place] = draw.choice(ELSEWHERE)
            elif chance < 0.12:
                words[place] += ","
        words[0] = words[0][:1].upper() + words[0][1:]
        return " ".join(words) + draw.choice((".", ".", ".", "?", "!", ";\n", ":"))

    def sentences(self, words):
        """Sentences with at least so many words in all."""
        parts, count = [], 0
        while count < words:
            parts.append(self.sentence())
            count += parts[-1].count(" ") + 1
        return " ".join(parts)
