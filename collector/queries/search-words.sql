-- The words of a search, term by term, told apart as those of the text are: see span_words.
SELECT
  arrayMap(term -> extractAll(lowerUTF8(term),
    '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|(?:[^\\PL\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|[\\pM\\pN])+'),
    {terms:Array(String)}) AS words_of_terms
