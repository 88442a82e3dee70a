import { createContext } from 'react';
import type { ReactNode } from 'react';
import type { FileField } from '../../shared/schema/field.ts';

export interface FileToolProps {
  readonly field: FileField;
  readonly onChange: (value: string) => void;
}

/** Another way to a file that a screen offers beside choosing one; it answers null where it has none for the field. */
export type FileTool = (props: FileToolProps) => ReactNode;

export const FileToolContext = createContext<FileTool | null>(null);
