"""What the law and the practice of 重層的支援 say: facts, what they add up to, decisions that may
refuse.
"""
