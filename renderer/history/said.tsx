import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useCards } from '../stores/cards.ts';
import { useChosen } from '../stores/chosen.ts';
import { starWords } from './said-star.ts';

/** What keys did to runs, for whoever cannot see it. Always there: what comes together with its words is not read. */
export function Said(): ReactNode {
  const [words, setWords] = useState('');
  useEffect(() => {
    const ends = [
      useChosen.subscribe(({ ids }, before) => {
        if (ids.size === before.ids.size) return;
        setWords(ids.size === 0 ? 'None selected' : `${ids.size.toLocaleString('en-US')} selected`);
      }),
      useCards.subscribe(({ cards }, before) => {
        const { ids, at } = useChosen.getState();
        const meant = ids.size > 0 ? ids : at === null ? [] : [at];
        const said = starWords(meant, before.cards, cards);
        if (said !== null) setWords(said);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <p role="status" aria-label="What was done" className="sr-only">
      {words}
    </p>
  );
}
