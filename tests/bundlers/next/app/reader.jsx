"use client";

import * as offprint from "offprint";
import { useEffect, useRef } from "react";

import { start } from "../app.js";

export default function Reader() {
  const node = useRef(null);
  const isStarted = useRef(false);
  useEffect(() => {
    // In development, React runs effects twice.
    if (!isStarted.current) start(offprint, node.current);
    isStarted.current = true;
  }, []);
  return <main id="articles" ref={node} />;
}
